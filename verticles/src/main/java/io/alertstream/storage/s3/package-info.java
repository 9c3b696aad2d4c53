/**
 * Objects in a bucket of S3: Amazon's, or that of a gateway such as Ceph's. Differences between gateways are probed
 * once, at startup, or configured by settings.
 */
package io.alertstream.storage.s3;
