/**
 * What a run does, as read from YAML. A file with problems is refused before anything is started, with all of them
 * named at once.
 */
package io.alertstream.loadtest.workload;
