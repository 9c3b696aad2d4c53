output "bootstrap_host" {
  description = "Host name of the bootstrap."
  value       = local.bootstrap_host
}

output "broker_hosts" {
  description = "Host name of each broker, by node id."
  value       = local.broker_hosts
}

output "env" {
  description = "The file terraform.env of a Kubernetes overlay."
  value       = "${join("\n", local.env)}\n"
}
