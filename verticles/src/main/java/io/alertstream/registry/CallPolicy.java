package io.alertstream.registry;

import java.time.Duration;

/**
 * Time limits and retries of requests to a registry.
 *
 * @param timeLimit for one attempt, from connecting to the last byte of the answer
 * @param maxAnswerBytes longer answers are refused unread
 * @param attempts per request, including the first
 * @param firstDelay before the second attempt; doubles from there, with jitter of up to a half
 * @param maxDelay the longest delay between two attempts, which also limits {@code Retry-After}
 */
public record CallPolicy(Duration timeLimit, int maxAnswerBytes, int attempts, Duration firstDelay, Duration maxDelay) {

    /** Six attempts within about six seconds, if the registry responds immediately. */
    public static final CallPolicy DEFAULT =
            new CallPolicy(Duration.ofSeconds(10), 8 << 20, 6, Duration.ofMillis(200), Duration.ofSeconds(5));

    public CallPolicy {
        if (timeLimit.toMillis() < 1 || maxAnswerBytes < 1 || attempts < 1) {
            throw new IllegalArgumentException("time limit, answer's size and attempts of at least 1");
        }
        if (firstDelay.toMillis() < 1 || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("a first delay of at least 1 ms and a longest one not below it");
        }
    }
}
