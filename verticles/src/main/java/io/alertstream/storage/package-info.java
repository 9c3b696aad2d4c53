/**
 * Objects by name, each written once. A package for each kind of store holds a {@link io.alertstream.storage.BlockingStore}
 * and the {@link io.alertstream.storage.StoreLocation} that opens it; only these packages name a cloud's SDK. Blocking calls
 * run on this room's bounded pools; Futures complete on the caller's context. A failure says which object of which store
 * it concerns, and whether trying again can help.
 */
package io.alertstream.storage;
