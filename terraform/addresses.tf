# Reserved before Kafka exists: so its listener and its certificate are right from the first start, and the design note's
# dance of two steps (start, look what Google assigned, pin it) isn't needed.
resource "google_compute_address" "bootstrap" {
  name         = "${var.host_prefix}-bootstrap"
  project      = var.project_id
  region       = var.region
  address_type = "EXTERNAL"
  description  = "Kafka's bootstrap, ${module.overlay.bootstrap_host}:9094"
  labels       = var.labels

  lifecycle {
    # Users have it in their firewalls.
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
