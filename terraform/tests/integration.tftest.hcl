# A whole environment, planned with a mock provider: no request reaches Google.
mock_provider "google" {}

variables {
  project_id               = "alertstream-int"
  region                   = "us-central1"
  cluster                  = { name = "science-platform-int", location = "us-central1" }
  host_prefix              = "alert-stream-int"
  domain                   = "example.org"
  buckets                  = { location = "us-central1", alerts = "alertstream-int-alerts", schemas = "alertstream-int-schemas" }
  alerts_expire_after_days = 28
  account_suffix           = "-int"
}

run "nodes_are_only_for_kafka" {
  command = plan

  assert {
    condition     = google_container_node_pool.kafka.node_config[0].labels == tomap({ kafka = "ok" })
    error_message = "The nodes lack the label kafka=ok."
  }

  assert {
    condition     = google_container_node_pool.kafka.node_config[0].taint[0].key == "kafka" && google_container_node_pool.kafka.node_config[0].taint[0].value == "ok"
    error_message = "The nodes lack the taint kafka=ok."
  }
}

run "every_broker_has_an_address" {
  command = plan

  assert {
    condition     = length(google_compute_address.broker) == 3
    error_message = "There are ${length(google_compute_address.broker)} addresses for 3 brokers."
  }
}

run "packets_expire_and_schemas_do_not" {
  command = plan

  assert {
    condition     = [for rule in google_storage_bucket.archive["alerts"].lifecycle_rule : one(rule.condition).age if one(rule.condition).age != null] == [28]
    error_message = "Packets don't expire after 28 days."
  }

  assert {
    condition     = length(google_storage_bucket.archive["schemas"].lifecycle_rule) == 1
    error_message = "Schemas expire."
  }
}

run "buckets_are_not_public" {
  command = plan

  assert {
    condition     = alltrue([for bucket in google_storage_bucket.archive : bucket.uniform_bucket_level_access && bucket.public_access_prevention == "enforced"])
    error_message = "A bucket can be made public."
  }
}

run "nobody_can_delete" {
  command = plan

  assert {
    condition     = toset([for grant in google_storage_bucket_iam_member.archive : grant.role]) == toset(["roles/storage.objectCreator", "roles/storage.objectViewer"])
    error_message = "A role beyond creating and reading is granted."
  }

  assert {
    condition     = length([for key, grant in google_storage_bucket_iam_member.archive : key if startswith(key, "reader") && grant.role != "roles/storage.objectViewer"]) == 0
    error_message = "The reader may do more than read."
  }
}

run "pods_are_bound_to_accounts" {
  command = plan

  assert {
    condition     = google_service_account_iam_member.pod["writer"].member == "serviceAccount:alertstream-int.svc.id.goog[alert-stream-broker/ingester]"
    error_message = "The ingester isn't bound to the writer."
  }

  assert {
    condition     = google_service_account_iam_member.pod["reader"].member == "serviceAccount:alertstream-int.svc.id.goog[alert-stream-broker/server]"
    error_message = "The server isn't bound to the reader."
  }
}

run "environments_can_share_a_project" {
  command = plan

  assert {
    condition = [google_service_account.archive["writer"].account_id, google_service_account.archive["reader"].account_id, google_service_account.nodes.account_id] == [
      "alertdb-writer-int", "alertdb-reader-int", "kafka-nodes-int",
    ]
    error_message = "An account's id isn't the environment's."
  }

  assert {
    condition     = google_artifact_registry_repository.images.repository_id == "alertstream-int"
    error_message = "The images' repository isn't the environment's."
  }
}

run "dns_is_optional" {
  command = plan

  assert {
    condition     = length(google_dns_record_set.kafka) == 0
    error_message = "There are records without a zone."
  }
}

run "dns_has_every_host" {
  command = plan

  variables {
    dns_zone = "example-org"
  }

  assert {
    condition     = length(google_dns_record_set.kafka) == 4 && contains(keys(google_dns_record_set.kafka), "alert-stream-int-broker-2.example.org")
    error_message = "Records: ${join(", ", keys(google_dns_record_set.kafka))}"
  }
}
