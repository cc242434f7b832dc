package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Infobip's objects {@code status} and {@code error} mean: by their id where the table has it, else by the group of
 * the status and by the flag {@code permanent} of the error. Ids that are not in the table are counted. Thread-safe.
 */
final class InfobipCodes {
    static final CodeTable TABLE =
            CodeTable.read(InfobipCodes.class.getResourceAsStream("infobip-codes.txt"), "infobip-codes.txt");

    private static final String NO_ERROR = "0";

    private final CodeBook book;

    InfobipCodes(ProviderAccount account) {
        this.book = new CodeBook(account.toString(), TABLE);
    }

    /** What the status of an item says of its hand-over. */
    Optional<CodeTable.Row> submit(JsonNode status) {
        return book.submit(Json.text(status, "id")).or(() -> TABLE.find(CodeTable.Kind.SUBMIT, group(status)));
    }

    /** What a status says of a message. */
    ReceiptState state(JsonNode status) {
        @Nullable String id = Json.text(status, "id");
        ReceiptState byId = book.state(id);
        return TABLE.find(CodeTable.Kind.STATUS, id).isPresent()
                ? byId
                : TABLE.find(CodeTable.Kind.STATUS, group(status))
                        .map(CodeTable.Row::state)
                        .orElse(ReceiptState.UNKNOWN);
    }

    /** Why a message failed: by the error, else by the status, whose ids say it for what was never sent. */
    @Nullable
    FailureReason reason(JsonNode status, JsonNode error) {
        @Nullable String id = errorId(error);
        if (TABLE.find(CodeTable.Kind.RECEIPT, id).isPresent()) {
            return book.reason(id);
        }
        if (id != null) {
            book.reason(id); // counts it
            JsonNode permanent = error.path("permanent");
            if (permanent.isBoolean() && !permanent.booleanValue()) {
                return FailureReason.UNAVAILABLE;
            }
        }
        return TABLE.find(CodeTable.Kind.SUBMIT, Json.text(status, "id"))
                .map(CodeTable.Row::reason)
                .orElse(null);
    }

    /** The error's code as it may be shown; null where there is no error. */
    static @Nullable String errorCode(JsonNode error) {
        return CodeBook.showable(errorId(error));
    }

    /** The status' name as it may be shown, else its id, else a question mark. */
    static String word(JsonNode status) {
        return Optional.ofNullable(CodeBook.showable(Json.text(status, "name")))
                .or(() -> Optional.ofNullable(CodeBook.showable(Json.text(status, "id"))))
                .orElse("?");
    }

    Map<String, Long> unknownCodes() {
        return book.unknownCodes();
    }

    private static @Nullable String errorId(JsonNode error) {
        @Nullable String id = Json.text(error, "id");
        return NO_ERROR.equals(id) ? null : id;
    }

    private static String group(JsonNode status) {
        return "group " + Json.text(status, "groupId");
    }
}
