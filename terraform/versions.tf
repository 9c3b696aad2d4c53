terraform {
  # 1.9: a variable's validation may refer to other variables. 1.7: mock_provider, for the tests.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.0"
    }
  }

  # The bucket with the state depends on the environment: terraform init -backend-config=environments/NAME.gcs.tfbackend
  backend "gcs" {}
}

provider "google" {
  project = var.project_id
  region  = var.region
}
