package io.github.smsdispatch.africastalking;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Answers as they were recorded. */
final class Answer {
    private Answer() {}

    static String of(String message, String... recipients) {
        return "{\"SMSMessageData\":{\"Message\":\"" + message + "\",\"Recipients\":["
                + Arrays.stream(recipients).collect(Collectors.joining(",")) + "]}}";
    }

    static String sent(String... recipients) {
        return of("Sent to " + recipients.length + "/" + recipients.length + " Total Cost: KES 0.8000", recipients);
    }

    /** Queued. */
    static String yes(int last) {
        return entry(102, Accounts.number(last), "KES 0.8000", "Success", id(last));
    }

    static String no(int last, int code, String word) {
        return entry(code, Accounts.number(last), "0", word, "None");
    }

    static String entry(int code, String number, String cost, String word, String messageId) {
        return """
            {"statusCode":%d,"number":"%s","cost":"%s","status":"%s","messageId":"%s"}"""
                .formatted(code, number, cost, word, messageId);
    }

    static String id(int last) {
        return "ATXid_%032x".formatted(last);
    }
}
