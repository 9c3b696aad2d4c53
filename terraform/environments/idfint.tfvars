# An integration environment: simulated alerts, kept for a week, as in the replay topic.
project_id = "alertstream-int"
region     = "us-central1"

cluster = {
  name     = "science-platform-int"
  location = "us-central1"
}

host_prefix = "alert-stream-int"
domain      = "example.org"

buckets = {
  location = "us-central1"
  alerts   = "alertstream-int-alerts"
  schemas  = "alertstream-int-schemas"
}

alerts_expire_after_days = 7
