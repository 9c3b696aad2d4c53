# Where the image is pushed to and pulled from; the output `image` has its name.
resource "google_artifact_registry_repository" "images" {
  project       = var.project_id
  location      = var.region
  repository_id = "alertstream${var.account_suffix}"
  format        = "DOCKER"
  description   = "Images of alertstream"
  labels        = var.labels

  # A tag is never moved to another image.
  docker_config {
    immutable_tags = true
  }
}
