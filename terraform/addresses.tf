# Reserved before Kafka exists, so that its listener and certificate are right from the first start. This replaces the
# design note's two steps: start Kafka, then pin the addresses that Google has assigned.
resource "google_compute_address" "bootstrap" {
  name         = "${var.host_prefix}-bootstrap"
  project      = var.project_id
  region       = var.region
  address_type = "EXTERNAL"
  description  = "Kafka's bootstrap, ${module.overlay.bootstrap_host}:9094"
  labels       = var.labels

  lifecycle {
    # Users' firewalls name it.
    prevent_destroy = true
  }
}

resource "google_compute_address" "broker" {
  count = var.brokers

  name         = "${var.host_prefix}-broker-${count.index}"
  project      = var.project_id
  region       = var.region
  address_type = "EXTERNAL"
  description  = "Kafka's broker ${count.index}, ${module.overlay.broker_hosts[count.index]}:9094"
  labels       = var.labels

  lifecycle {
    prevent_destroy = true
  }
}
