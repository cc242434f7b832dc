package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import java.util.Map;
import java.util.TreeMap;

/** One account's code books: its webhooks may come from either API, whichever sends. Thread-safe. */
final class Codes {
    private static final CodeTable SMS = read("vonage-codes.txt");
    private static final CodeTable MESSAGES = read("vonage-messages-codes.txt");

    private final CodeBook sms;
    private final CodeBook messages;

    Codes(ProviderAccount account) {
        this.sms = new CodeBook(account.toString(), SMS);
        this.messages = new CodeBook(account.toString(), MESSAGES);
    }

    /** What the codes and words of an API mean. */
    static CodeTable table(Api api) {
        return api == Api.SMS ? SMS : MESSAGES;
    }

    /** The same, with a count of what is not in it. */
    CodeBook of(Api api) {
        return api == Api.SMS ? sms : messages;
    }

    /** What neither table knows; the same word from both APIs counts together. */
    Map<String, Long> unknownCodes() {
        var counts = new TreeMap<>(sms.unknownCodes());
        messages.unknownCodes().forEach((code, count) -> counts.merge(code, count, Long::sum));
        return counts;
    }

    private static CodeTable read(String name) {
        return CodeTable.read(Codes.class.getResourceAsStream(name), name);
    }
}
