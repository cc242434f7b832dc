package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.Receipt;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up brought.
 *
 * @param message our id
 * @param attempt the hand-over that was asked for; if it is no longer the latest, only the receipts count
 * @param verdict what it says of a doubt
 * @param answered whether the provider answered in full, be it that it does not know the message: only such looks can prove
 *     an absence
 * @param receipts what the provider reported; empty if nothing
 * @param whole whether the receipts name all parts that the hand-over has; of no meaning without receipts
 * @param nextIn from now, by the store's clock: when to ask again, or (NOT_TAKEN, RESEND) when it may be claimed
 * @param detail a sentence for people, without number or text; null where there is nothing to say
 */
public record SyncEnd(
        MessageId message,
        AttemptId attempt,
        Verdict verdict,
        boolean answered,
        List<Receipt> receipts,
        boolean whole,
        Duration nextIn,
        @Nullable String detail) {

    /** What a look-up says of a doubt. */
    public enum Verdict {
        /** Nothing: it was not in doubt, or still is. */
        OPEN,
        /** The provider took it: the ids of the receipts are its ids, unless another attempt holds one of them. */
        TAKEN,
        /** It did not, which is proven. */
        NOT_TAKEN,
        /** It cannot be known, and the message's policy allows a second hand-over. */
        RESEND
    }

    /** Copies the list. */
    public SyncEnd {
        receipts = List.copyOf(receipts);
    }
}
