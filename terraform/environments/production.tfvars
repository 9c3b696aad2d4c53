# Real alerts: kept for ever, in two regions, with larger nodes and records in Cloud DNS.
project_id = "alertstream-prod"
region     = "us-central1"

cluster = {
  name     = "science-platform"
  location = "us-central1"
}

kafka_nodes = {
  per_zone     = 1
  zones        = ["us-central1-a", "us-central1-b", "us-central1-c"]
  machine_type = "n2-highmem-8"
}

account_suffix = "-prod"

host_prefix = "alert-stream"
domain      = "example.org"
dns_zone    = "example-org"

buckets = {
  location = "US"
  alerts   = "alertstream-prod-alerts"
  schemas  = "alertstream-prod-schemas"
}
