/**
 * Objects in a bucket of S3: Amazon's, or that of a gateway such as Ceph's. Whether a gateway
 * keeps objects from being replaced is tried before anything is written; other differences are settings.
 */
package io.alertstream.storage.s3;
