locals {
  identities = {
    writer = { account_id = "alertdb-writer${var.account_suffix}", pod = var.writer_service_account, does = "adds alerts and schemas to the archive" }
    reader = { account_id = "alertdb-reader${var.account_suffix}", pod = var.reader_service_account, does = "reads the archive" }
  }

  # The writer creates objects, and reads existing ones to compare them with new ones. It can't delete, so it can't
  # overwrite. objectViewer rather than only the right to get: without the right to list, an absent object is "forbidden"
  # instead of "not found".
  grants = {
    writer = ["roles/storage.objectCreator", "roles/storage.objectViewer"]
    reader = ["roles/storage.objectViewer"]
  }

  bucket_grants = merge([
    for identity, roles in local.grants : merge([
      for role in roles : {
        for bucket in keys(local.buckets) : "${identity} ${role} ${bucket}" => { identity = identity, role = role, bucket = bucket }
      }
    ]...)
  ]...)
}

resource "google_service_account" "archive" {
  for_each = local.identities

  account_id   = each.value.account_id
  project      = var.project_id
  display_name = "alertstream: ${each.value.does}"
}

resource "google_storage_bucket_iam_member" "archive" {
  for_each = local.bucket_grants

  bucket = google_storage_bucket.archive[each.value.bucket].name
  role   = each.value.role
  member = google_service_account.archive[each.value.identity].member
}

# Workload Identity: a pod with this Kubernetes service account may act as the Google account. There are no keys.
resource "google_service_account_iam_member" "pod" {
  for_each = local.identities

  service_account_id = google_service_account.archive[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project_id}.svc.id.goog[${var.namespace}/${each.value.pod}]"
}
