package io.github.smsdispatch.benchmarks.store;

import io.github.smsdispatch.Message;
import java.util.Iterator;
import java.util.stream.IntStream;

/** The messages of a turn, numbered in their texts: one segment each, to a thousand fictional phones. */
final class Campaign {
    private static final String TEXT = "Your table for four is booked for eight o'clock tonight. No. ";

    private Campaign() {}

    static Iterator<Message> of(int messages) {
        return IntStream.range(0, messages).mapToObj(Campaign::message).iterator();
    }

    static Message message(int number) {
        return Message.to(recipient(number)).text(text(number)).build();
    }

    /** From the range that Ofcom keeps free for drama. */
    static String recipient(int number) {
        return "+447700900" + String.format("%03d", number % 1000);
    }

    static String text(int number) {
        return TEXT + number;
    }

    static int numberIn(String text) {
        return Integer.parseInt(text, TEXT.length(), text.length(), 10);
    }
}
