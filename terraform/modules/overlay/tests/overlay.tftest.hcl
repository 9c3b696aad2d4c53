# The environment idfint with addresses from RFC 5737, as in k8s/overlays/idfint/terraform.env.
variables {
  host_prefix       = "alert-stream-int"
  domain            = "example.org"
  brokers           = 3
  bootstrap_address = "192.0.2.10"
  broker_addresses  = ["192.0.2.20", "192.0.2.21", "192.0.2.22"]
  alert_bucket      = "alertstream-int-alerts"
  schema_bucket     = "alertstream-int-schemas"
  writer_email      = "alertdb-writer-int@alertstream-int.iam.gserviceaccount.com"
  reader_email      = "alertdb-reader-int@alertstream-int.iam.gserviceaccount.com"
}

run "hosts" {
  assert {
    condition     = output.bootstrap_host == "alert-stream-int.example.org"
    error_message = "bootstrap: ${output.bootstrap_host}"
  }

  assert {
    condition     = output.broker_hosts[2] == "alert-stream-int-broker-2.example.org"
    error_message = "brokers: ${join(", ", output.broker_hosts)}"
  }
}

run "overlay" {
  assert {
    condition     = output.env == file("../../../k8s/overlays/idfint/terraform.env")
    error_message = "The overlay's file isn't what Terraform would write:\n${output.env}"
  }
}
