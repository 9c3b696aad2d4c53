variable "host_prefix" {
  type        = string
  description = "First label of the bootstrap's host name."
}

variable "domain" {
  type        = string
  description = "Domain of the host names."
}

variable "brokers" {
  type        = number
  description = "Number of brokers."
}

variable "bootstrap_address" {
  type        = string
  description = "Address of the bootstrap."
}

variable "broker_addresses" {
  type        = list(string)
  description = "Address of each broker, by node id."
}

variable "alert_bucket" {
  type        = string
  description = "Bucket for packets."
}

variable "schema_bucket" {
  type        = string
  description = "Bucket for schemas."
}

variable "writer_email" {
  type        = string
  description = "Google account that adds to the archive."
}

variable "reader_email" {
  type        = string
  description = "Google account that reads the archive."
}
