package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a callback say. Which of the four kinds it is shows in its fields, so that all may come to one URL.
 */
final class Callbacks {
    private final ProviderAccount account;
    private final AfricasTalkingCodes codes;

    Callbacks(ProviderAccount account, AfricasTalkingCodes codes) {
        this.account = account;
        this.codes = codes;
    }

    /** Reads one that is believed. */
    WebhookVerdict read(Form fields) {
        if (fields.has("updateType")) {
            // Somebody subscribed to a premium product, or left it: no text of ours, and no word on bulk texts.
            return WebhookVerdict.of(List.of());
        }
        Optional<String> id = fields.first("id").map(String::strip);
        if (id.isPresent() && fields.first("status").isPresent()) {
            return told(receipt(id.get(), fields.first("status").get(), fields));
        }
        if (id.isPresent()
                && fields.first("from").isPresent()
                && fields.first("to").isPresent()) {
            return told(inbound(id.get(), fields));
        }
        if (fields.first("senderId").isPresent() && fields.first("phoneNumber").isPresent()) {
            return optOut(fields);
        }
        return WebhookVerdict.refused(400, "the fields are those of no callback that this version knows");
    }

    private static WebhookVerdict told(WebhookEvent event) {
        return WebhookVerdict.of(List.of(event));
    }

    /** It carries no reference of ours, and no time. */
    private Receipt receipt(String id, String status, Form fields) {
        ReceiptState state = codes.state(status);
        Optional<String> failure = fields.first("failureReason");
        // Some words that are a status here are a failureReason elsewhere, and not every operator gives one.
        String why = failure.orElse(status);
        @Nullable
        FailureReason reason =
                switch (state) {
                    case UNDELIVERED -> codes.reason(why);
                    case UNKNOWN -> codes.reasonIfAny(why);
                    case ENROUTE, DELIVERED -> null;
                };
        return new Receipt(
                account,
                id,
                null,
                state,
                Objects.requireNonNullElse(CodeBook.showable(status.strip()), "?"),
                CodeBook.showable(failure.map(String::strip).orElse(null)),
                reason,
                null);
    }

    private InboundText inbound(String id, Form fields) {
        return new InboundText(
                account,
                id,
                address(fields.first("from").orElseThrow()),
                address(fields.first("to").orElseThrow()),
                fields.first("text").orElse(""),
                null,
                fields.first("date").map(Callbacks::time).orElse(null));
    }

    /** They said so of one sender only. It has no id, and needs none: there is no opting in again this way. */
    private WebhookVerdict optOut(Form fields) {
        try {
            return told(new ConsentChange(
                    account,
                    null,
                    PhoneNumber.parse(address(fields.first("phoneNumber").orElseThrow())),
                    ConsentChange.Consent.WITHDRAWN,
                    fields.first("senderId").orElseThrow().strip()));
        } catch (IllegalArgumentException e) {
            return WebhookVerdict.refused(400, "an opt-out of something that is no phone number");
        }
    }

    /** A plus sign that was not percent-encoded arrives as a space. */
    private static String address(String value) {
        return value.startsWith(" ") ? "+" + value.strip() : value.strip();
    }

    /** In UTC: {@code 2017-05-03T06:04:45Z} or {@code 2017-05-03 06:04:45}; null where it is neither. */
    private static @Nullable Instant time(String date) {
        String iso = date.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            return localTime(iso);
        }
    }

    private static @Nullable Instant localTime(String iso) {
        try {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
