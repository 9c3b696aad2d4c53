# Host names, and the variables of the Kubernetes overlay. Needs no provider, so its tests run anywhere.
locals {
  bootstrap_host = "${var.host_prefix}.${var.domain}"
  broker_hosts   = [for n in range(var.brokers) : "${var.host_prefix}-broker-${n}.${var.domain}"]

  env = flatten([
    "BOOTSTRAP_HOST=${local.bootstrap_host}",
    "BOOTSTRAP_ADDRESS=${var.bootstrap_address}",
    [for n, host in local.broker_hosts : [
      "BROKER_${n}_HOST=${host}",
      "BROKER_${n}_ADDRESS=${var.broker_addresses[n]}",
    ]],
    "ALERT_STORE=gs://${var.alert_bucket}",
    "SCHEMA_STORE=gs://${var.schema_bucket}",
    "WRITER_ACCOUNT=${var.writer_email}",
    "READER_ACCOUNT=${var.reader_email}",
  ])
}
