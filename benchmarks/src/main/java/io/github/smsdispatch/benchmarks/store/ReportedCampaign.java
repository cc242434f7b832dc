package io.github.smsdispatch.benchmarks.store;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Messages of which it is known beforehand what their provider will call them, what it will report, and what that comes to:
 * one in twenty has two parts, one in ten is not delivered, of one in eight a receipt comes twice, and one in twenty-five is
 * handed over only when half of the receipts have come.
 */
final class ReportedCampaign {
    private static final HexFormat HEX = HexFormat.of();
    private static final String LONG =
            "Please read this to its end, as it goes on for longer than a single segment. ".repeat(2);

    private ReportedCampaign() {}

    static Message message(int number) {
        return Message.to(Campaign.recipient(number))
                .text((parts(number) > 1 ? LONG : "") + Campaign.text(number))
                .build();
    }

    static int numberIn(String text) {
        return Integer.parseInt(text, text.lastIndexOf(' ') + 1, text.length(), 10);
    }

    static boolean isEarly(int number) {
        return number % 25 == 7;
    }

    private static int parts(int number) {
        return number % 20 == 0 ? 2 : 1;
    }

    /** What the provider calls the parts: scattered, as the ids of real providers are. */
    static List<String> ids(int number) {
        var random = new SplittableRandom(number);
        return IntStream.range(0, parts(number))
                .mapToObj(part -> "SM" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong()))
                .toList();
    }

    /** What becomes of a part. */
    private static ReceiptState end(int number, int part) {
        boolean fails = number % 10 == 3 || (number % 40 == 0 && part == 1);
        return fails ? ReceiptState.UNDELIVERED : ReceiptState.DELIVERED;
    }

    /** What the message comes to. */
    static MessageState end(int number) {
        return IntStream.range(0, parts(number)).anyMatch(part -> end(number, part) == ReceiptState.UNDELIVERED)
                ? MessageState.UNDELIVERED
                : MessageState.DELIVERED;
    }

    /** How many receipts there are on so many messages, each counted once. */
    static int distinct(int messages) {
        return IntStream.range(0, messages).map(number -> 2 * parts(number)).sum();
    }

    /** All receipts, repetitions among them, in an order that has nothing to do with what they say. */
    static List<Receipt> shuffled(int messages) {
        var receipts = new ArrayList<Receipt>();
        for (int number = 0; number < messages; number++) {
            List<String> ids = ids(number);
            for (int part = 0; part < ids.size(); part++) {
                ReceiptState end = end(number, part);
                receipts.add(receipt(ids.get(part), ReceiptState.ENROUTE));
                receipts.add(receipt(ids.get(part), end));
                if (number % 8 == 1) {
                    receipts.add(receipt(ids.get(part), end));
                }
            }
        }
        Collections.shuffle(receipts, new Random(7));
        return receipts;
    }

    private static Receipt receipt(String id, ReceiptState state) {
        return new Receipt(
                ReportingProvider.ACCOUNT,
                id,
                null,
                state,
                state.name(),
                null,
                state == ReceiptState.UNDELIVERED ? FailureReason.RECIPIENT : null,
                null);
    }
}
