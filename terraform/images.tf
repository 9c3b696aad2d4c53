# Where the image is pushed to and pulled from: REGION-docker.pkg.dev/PROJECT/alertstream/alertstream.
resource "google_artifact_registry_repository" "images" {
  project       = var.project_id
  location      = var.region
  repository_id = "alertstream${var.account_suffix}"
  format        = "DOCKER"
  description   = "Images of alertstream"
  labels        = var.labels

  # A version is one image for ever.
  docker_config {
    immutable_tags = true
  }
}
