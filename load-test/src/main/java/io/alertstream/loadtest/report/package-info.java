/** Results: the same figures as a table for people and as a JSON file for comparisons. */
package io.alertstream.loadtest.report;
