package io.github.smsdispatch.testkit.carrier.wire;

/**
 * A text that somebody sends to the account.
 *
 * @param from E.164 with plus sign
 * @param to a number or short code of the account, as the test gave it
 * @param text not empty
 */
public record InboundText(String from, String to, String text) {
    @Override
    public String toString() {
        return "InboundText[" + text.length() + " characters]";
    }
}
