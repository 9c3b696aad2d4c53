/** Objects as files of this machine. */
package io.alertstream.storage.file;
