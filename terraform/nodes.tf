# Nodes for Kafka only, so that nothing else competes for their memory and network (DMTN-210, "Node Pool"). Both the label
# and the taint are kafka=ok; the affinity and the toleration for them are in k8s/base/kafka.
resource "google_container_node_pool" "kafka" {
  name           = "kafka"
  project        = var.project_id
  cluster        = var.cluster.name
  location       = var.cluster.location
  node_count     = var.kafka_nodes.per_zone
  node_locations = var.kafka_nodes.zones

  node_config {
    machine_type    = var.kafka_nodes.machine_type
    disk_size_gb    = var.kafka_nodes.disk_size_gb
    disk_type       = "pd-balanced"
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    resource_labels = var.labels

    labels = {
      kafka = "ok"
    }

    taint {
      key    = "kafka"
      value  = "ok"
      effect = "NO_SCHEDULE"
    }

    # Pods get their own identity from the metadata server, never the node's.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  # One node at a time, and the new one first: at most one broker is down.
  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }
}

# What a node itself needs: writing logs and metrics, pulling images. The default account may edit the whole project.
resource "google_service_account" "nodes" {
  account_id   = "kafka-nodes${var.account_suffix}"
  project      = var.project_id
  display_name = "Nodes that Kafka runs on"
}

resource "google_project_iam_member" "nodes" {
  for_each = toset(["roles/container.defaultNodeServiceAccount", "roles/artifactregistry.reader"])

  project = var.project_id
  role    = each.value
  member  = google_service_account.nodes.member
}
