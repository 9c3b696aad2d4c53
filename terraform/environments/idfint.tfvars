# An integration environment: simulated alerts, kept for four weeks.
project_id = "alertstream-int"
region     = "us-central1"

cluster = {
  name     = "science-platform-int"
  location = "us-central1"
}

account_suffix = "-int"

host_prefix = "alert-stream-int"
domain      = "example.org"

buckets = {
  location = "us-central1"
  alerts   = "alertstream-int-alerts"
  schemas  = "alertstream-int-schemas"
}

alerts_expire_after_days = 28
