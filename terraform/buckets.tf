locals {
  buckets = {
    alerts  = { name = var.buckets.alerts, expire_after_days = var.alerts_expire_after_days }
    schemas = { name = var.buckets.schemas, expire_after_days = null }
  }
}

resource "google_storage_bucket" "archive" {
  for_each = local.buckets

  name                        = each.value.name
  project                     = var.project_id
  location                    = var.buckets.location
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = var.labels

  # The archive writes every object once, so versioning costs nothing until someone deletes an object by mistake; then it
  # allows restoring it. Soft deletion would be paid for in addition.
  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 30
    }
    action {
      type = "Delete"
    }
  }

  # Simulated alerts lose their value after a while (DMTN-210, "Storage Buckets").
  dynamic "lifecycle_rule" {
    for_each = each.value.expire_after_days == null ? [] : [each.value.expire_after_days]
    content {
      condition {
        age        = lifecycle_rule.value
        with_state = "LIVE"
      }
      action {
        type = "Delete"
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
