/**
 * Objects by name, each written once. A package for each kind of store holds a {@link
 * io.alertstream.storage.BlockingStore} and the {@link io.alertstream.storage.StoreLocation} that opens it; only these
 * packages use a cloud's SDK. Blocking calls run on this room's bounded pools; Futures complete on the caller's
 * context. A failure names the object and the store, and says whether retrying can help.
 */
package io.alertstream.storage;
