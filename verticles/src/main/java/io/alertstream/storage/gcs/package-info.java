/** Objects in a bucket of Google Cloud Storage, by its JSON interface. */
package io.alertstream.storage.gcs;
