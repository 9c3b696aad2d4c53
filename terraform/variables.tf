variable "project_id" {
  type        = string
  description = "Google Cloud project that holds the cluster, the buckets and the accounts."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "region" {
  type        = string
  description = "Region of the addresses, which must be the cluster's."

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region: a region such as us-central1, not a zone."
  }
}

variable "cluster" {
  type = object({
    name     = string
    location = string
  })
  description = "The GKE cluster, which exists already: its name, and its location (a region or a zone). It must have Workload Identity."

  validation {
    condition     = startswith(var.cluster.location, var.region)
    error_message = "cluster.location: the region itself or a zone of it."
  }
}

variable "kafka_nodes" {
  type = object({
    per_zone     = number
    zones        = optional(list(string))
    machine_type = optional(string, "n2-standard-8")
    disk_size_gb = optional(number, 100)
  })
  description = "The node pool that is only for Kafka: nodes per zone, the zones (null: the cluster's), machine type and boot disk. Kafka's data isn't on these disks."
  default     = { per_zone = 1 }

  validation {
    condition     = var.kafka_nodes.per_zone >= 1 && var.kafka_nodes.per_zone * length(coalesce(var.kafka_nodes.zones, ["", "", ""])) >= var.brokers
    error_message = "kafka_nodes: at least one node per broker; brokers don't share nodes (k8s/base/kafka/brokers.yaml)."
  }
}

variable "brokers" {
  type        = number
  description = "Kafka brokers: each gets an address and a host name of its own. As many as the node pool `broker` has replicas (k8s/base/kafka/brokers.yaml)."
  default     = 3

  validation {
    condition     = var.brokers >= 3 && var.brokers <= 100 && floor(var.brokers) == var.brokers
    error_message = "brokers: 3 to 100; topics keep up to three replicas, and brokers have the node ids 0 to 99."
  }
}

variable "host_prefix" {
  type        = string
  description = "First label of the bootstrap's host name, PREFIX.DOMAIN; broker N is PREFIX-broker-N.DOMAIN."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,50}[a-z0-9]$", var.host_prefix))
    error_message = "host_prefix: lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "domain" {
  type        = string
  description = "Domain of the host names, without a dot at its end."

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain: a domain's name such as example.org, without a dot at its end."
  }
}

variable "dns_zone" {
  type        = string
  description = "Cloud DNS zone for a record of each address; null if the records are made elsewhere (Rubin's are made in Route 53, by hand)."
  default     = null
}

variable "buckets" {
  type = object({
    location = string
    alerts   = string
    schemas  = string
  })
  description = "Where the archive is kept, and the names of its two buckets: one for packets, which may expire, and one for schemas, which never do (DMTN-210)."

  validation {
    condition     = alltrue([for name in [var.buckets.alerts, var.buckets.schemas] : can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", name))])
    error_message = "buckets: names of 3 to 63 lower-case letters, digits, hyphens and underscores."
  }

  validation {
    condition     = var.buckets.alerts != var.buckets.schemas
    error_message = "buckets: two different names; an expiry rule applies to a whole bucket."
  }
}

variable "alerts_expire_after_days" {
  type        = number
  description = "Age at which packets are deleted; null keeps them for ever, as an archive of real alerts must."
  default     = null

  validation {
    condition     = var.alerts_expire_after_days == null ? true : var.alerts_expire_after_days >= 1
    error_message = "alerts_expire_after_days: at least 1, or null."
  }
}

variable "namespace" {
  type        = string
  description = "Kubernetes namespace of the whole system."
  default     = "alert-stream-broker"
}

variable "writer_service_account" {
  type        = string
  description = "Kubernetes service account that may add to the archive: the ingester's."
  default     = "ingester"
}

variable "reader_service_account" {
  type        = string
  description = "Kubernetes service account that may read the archive: the server's."
  default     = "server"
}

variable "account_suffix" {
  type        = string
  description = "Appended to the ids of Google's accounts and of the image repository, so that several environments can share a project. They then trust each other: pods of one cluster can act as the other's accounts, since Workload Identity knows a project's namespaces, not its clusters. A change in an environment that runs replaces the accounts and Kafka's nodes."
  default     = ""

  validation {
    condition     = can(regex("^(-[a-z0-9]{1,14})?$", var.account_suffix))
    error_message = "account_suffix: a hyphen and up to 14 lower-case letters and digits, such as -int, or nothing; an account's id has at most 30 characters."
  }
}

variable "labels" {
  type        = map(string)
  description = "Labels for everything that can have them."
  default     = { app = "alertstream" }
}
