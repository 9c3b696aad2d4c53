# Values that a variable's validation refuses.
mock_provider "google" {}

variables {
  project_id  = "alertstream-int"
  region      = "us-central1"
  cluster     = { name = "science-platform-int", location = "us-central1" }
  host_prefix = "alert-stream-int"
  domain      = "example.org"
  buckets     = { location = "us-central1", alerts = "alertstream-int-alerts", schemas = "alertstream-int-schemas" }
}

run "zone_for_a_region" {
  command = plan
  variables {
    region = "us-central1-a"
  }
  expect_failures = [var.region]
}

run "cluster_in_another_region" {
  command = plan
  variables {
    cluster = { name = "science-platform-int", location = "europe-west1" }
  }
  expect_failures = [var.cluster]
}

run "two_brokers" {
  command = plan
  variables {
    brokers = 2
  }
  expect_failures = [var.brokers]
}

run "too_few_nodes" {
  command = plan
  variables {
    kafka_nodes = { per_zone = 1, zones = ["us-central1-a", "us-central1-b"] }
  }
  expect_failures = [var.kafka_nodes]
}

run "one_bucket_for_both" {
  command = plan
  variables {
    buckets = { location = "us-central1", alerts = "alertstream-int", schemas = "alertstream-int" }
  }
  expect_failures = [var.buckets]
}

run "domain_with_a_dot" {
  command = plan
  variables {
    domain = "example.org."
  }
  expect_failures = [var.domain]
}

run "expiry_of_no_days" {
  command = plan
  variables {
    alerts_expire_after_days = 0
  }
  expect_failures = [var.alerts_expire_after_days]
}

run "account_suffix_without_a_hyphen" {
  command = plan
  variables {
    account_suffix = "int"
  }
  expect_failures = [var.account_suffix]
}
