package io.github.smsdispatch.killharness;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The messages of a run, each made anew from its number: whoever enqueues it twice gives the same key twice. Each has a
 * text of its own, by which also Twilio's log, which shows no reference, can tell it.
 *
 * @param run tells the messages of one run from those of another
 */
record Campaign(long run, long messages, Duration validity) {
    private static final String LONG_TEXT =
            " This one needs more than a single segment, so that the carriers that report on each part by itself have"
                    + " parts to report on, and a kill may come in between them.";

    /** The message with this number, from 0 on. */
    Message message(long number) {
        String text = "Notice " + number + " of run " + run + ".";
        return Message.to(recipient(number))
                .text(number % 10 == 3 ? text + LONG_TEXT : text)
                .idempotencyKey("kill-" + run + "-" + number)
                .lane(lane(number))
                // Some may be repeated where a doubt cannot be settled; most must not.
                .doubtPolicy(number % 20 == 7 ? DoubtPolicy.RESEND : DoubtPolicy.HOLD)
                .validity(validity)
                .build();
    }

    Iterator<Message> all() {
        return LongStream.range(0, messages).mapToObj(this::message).iterator();
    }

    private static Lane lane(long number) {
        return number % 10 == 0 ? Lane.REPLY : number % 10 < 4 ? Lane.NORMAL : Lane.BULK;
    }

    /**
     * Numbers that are set aside for fiction, 555-0100 to 555-0199 of any area code: as many as there can be, since a
     * carrier reports of some that they have opted out, and then nothing more goes to them.
     */
    private static String recipient(long number) {
        long areaCode = 201 + number / 100 % 799;
        return "+1" + areaCode + String.format(Locale.ROOT, "555%04d", 100 + number % 100);
    }
}
