/**
 * Objects by name, written once: files of this machine or Google Cloud Storage, the only room that names a cloud SDK.
 * Blocking calls run on the room's own bounded pool; Futures complete on the caller's context. A failure says which
 * object of which store, and whether trying again can help.
 */
package io.alertstream.storage;
