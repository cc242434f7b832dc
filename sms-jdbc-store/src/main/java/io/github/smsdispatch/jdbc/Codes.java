package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.rules.Origin;
import io.github.smsdispatch.store.rules.ReceiptStage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that stand for enum constants in the tables. They never change once released, whatever becomes of the
 * order of the constants; the tables {@code state} and {@code name} list them for people.
 */
final class Codes<E extends Enum<E>> {
    static final Codes<MessageState> STATE = new Codes<>(
            MessageState.class,
            "SCHEDULED QUEUED SUBMITTING IN_DOUBT SENT DELIVERED UNDELIVERED REJECTED SUPPRESSED EXPIRED UNCONFIRMED"
                    + " CANCELLED");
    static final Codes<Lane> LANE = new Codes<>(Lane.class, "REPLY NORMAL BULK");
    static final Codes<HoldReason> HOLD = new Codes<>(HoldReason.class, "NO_PROVIDER_UP THROTTLED RETRY_LATER");
    static final Codes<DoubtPolicy> DOUBT_POLICY = new Codes<>(DoubtPolicy.class, "HOLD RESEND");
    static final Codes<Result> RESULT = new Codes<>(Result.class, "OPEN ACCEPTED REFUSED UNKNOWN");
    static final Codes<FailureReason> REASON = new Codes<>(
            FailureReason.class,
            "RECIPIENT OPTED_OUT CONTENT SENDER DESTINATION ACCOUNT THROTTLED UNAVAILABLE RECIPIENT_BUSY");
    static final Codes<ReceiptState> RECEIPT = new Codes<>(ReceiptState.class, "ENROUTE DELIVERED UNDELIVERED UNKNOWN");
    static final Codes<ReceiptStage> RECEIPT_STAGE = new Codes<>(ReceiptStage.class, "NEW RETRY GIVEN_UP APPLIED");
    static final Codes<EventSource> SOURCE =
            new Codes<>(EventSource.class, "CALLER DISPATCH RECEIPT LOOKUP RECOVERY EXPIRY");
    static final Codes<RunState> RUN_STATE = new Codes<>(RunState.class, "RUNNING DRAINING PAUSED");
    static final Codes<Origin> ORIGIN = new Codes<>(Origin.class, "OPERATOR RECIPIENT");

    private final Map<E, Integer> numbers;
    private final List<E> constants = new ArrayList<>();

    private Codes(Class<E> type, String names) {
        numbers = new EnumMap<>(type);
        for (String name : names.split(" ", -1)) {
            E constant = Enum.valueOf(type, name);
            constants.add(constant);
            numbers.put(constant, constants.size());
        }
        if (constants.size() != type.getEnumConstants().length) {
            throw new IllegalStateException(type + " has constants without a number; they need a migration");
        }
    }

    List<E> constants() {
        return constants;
    }

    int number(E constant) {
        Integer number = numbers.get(constant);
        if (number == null) {
            throw new IllegalStateException(constant + " has no number");
        }
        return number;
    }

    @Nullable
    Integer numberOrNull(@Nullable E constant) {
        return constant == null ? null : Integer.valueOf(number(constant));
    }

    E constant(int number) {
        return constants.get(number - 1);
    }
}
