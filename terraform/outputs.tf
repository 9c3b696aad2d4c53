module "overlay" {
  source = "./modules/overlay"

  host_prefix       = var.host_prefix
  domain            = var.domain
  brokers           = var.brokers
  bootstrap_address = google_compute_address.bootstrap.address
  broker_addresses  = google_compute_address.broker[*].address
  alert_bucket      = google_storage_bucket.archive["alerts"].name
  schema_bucket     = google_storage_bucket.archive["schemas"].name
  writer_email      = google_service_account.archive["writer"].email
  reader_email      = google_service_account.archive["reader"].email
}

output "overlay" {
  description = "The variables of the Kubernetes overlay: terraform output -raw overlay > k8s/overlays/NAME/terraform.env"
  value       = module.overlay.env
}

output "dns_records" {
  description = "Host names and their addresses, for DNS records that are made by hand."
  value       = local.addresses_by_host
}

output "image" {
  description = "The image's name, for the build (-Dimage.name) and for newName in the overlay."
  value       = "${google_artifact_registry_repository.images.location}-docker.pkg.dev/${google_artifact_registry_repository.images.project}/${google_artifact_registry_repository.images.repository_id}/alertstream"
}
