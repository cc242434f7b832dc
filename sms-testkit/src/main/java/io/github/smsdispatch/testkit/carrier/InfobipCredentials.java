package io.github.smsdispatch.testkit.carrier;

/**
 * The Infobip account that the simulator plays.
 *
 * @param apiKey what follows {@code App} in the header {@code Authorization}
 */
public record InfobipCredentials(String apiKey) {
    /** Fake credentials, always the same. */
    public static InfobipCredentials fake() {
        return new InfobipCredentials("infobip-simulator-api-key");
    }

    /** Without the key, which is all there is. */
    @Override
    public String toString() {
        return "InfobipCredentials[]";
    }
}
