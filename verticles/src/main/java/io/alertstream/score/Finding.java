package io.alertstream.score;

/** What the topics show of an announced fault. */
enum Finding {
    AS_ANNOUNCED("as announced"),
    /** It wasn't due yet when the replay topic's end was taken. */
    NOT_YET("not due yet"),
    /** The replayer was stopped, or gave up the visit, before it was due. */
    DROPPED("dropped by the replayer"),
    ABSENT("not in the topics"),
    ONCE("published only once"),
    TOO_OFTEN("published more than twice"),
    OTHER_BYTES("published with other bytes"),
    INTACT("published intact"),
    WITHOUT_DELAY("published without the delay"),
    NO_PAUSE("published without a pause"),
    OTHER_COUNT("published with another number of alerts"),
    SAME_VERSION("published without the new schema, or not in its topic");

    private final String text;

    Finding(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
