/**
 * What a run does, as read from YAML. A file with problems is refused before anything starts, with all problems named
 * at once.
 */
package io.alertstream.loadtest.workload;
