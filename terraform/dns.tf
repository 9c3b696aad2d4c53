locals {
  addresses_by_host = merge(
    { (module.overlay.bootstrap_host) = google_compute_address.bootstrap.address },
    { for n, host in module.overlay.broker_hosts : host => google_compute_address.broker[n].address },
  )
}

resource "google_dns_record_set" "kafka" {
  for_each = var.dns_zone == null ? {} : local.addresses_by_host

  project      = var.project_id
  managed_zone = var.dns_zone
  name         = "${each.key}."
  type         = "A"
  ttl          = 300
  rrdatas      = [each.value]
}
