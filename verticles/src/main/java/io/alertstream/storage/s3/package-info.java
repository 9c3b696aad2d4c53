/**
 * Objects in a bucket of S3: Amazon's, or that of a gateway such as Ceph's. What gateways do differently is asked for once, at
 * the start, or said by settings.
 */
package io.alertstream.storage.s3;
