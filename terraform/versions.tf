terraform {
  # 1.9: a variable's validation may look at other variables. 1.7: mock_provider, for the tests.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.0"
    }
  }

  # Which bucket holds the state is the environment's: terraform init -backend-config=environments/NAME.gcs.tfbackend
  backend "gcs" {}
}

provider "google" {
  project = var.project_id
  region  = var.region
}
