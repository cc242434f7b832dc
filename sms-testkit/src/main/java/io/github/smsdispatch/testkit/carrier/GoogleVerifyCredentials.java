package io.github.smsdispatch.testkit.carrier;

/**
 * The realm of a verification server that the simulator plays.
 *
 * @param apiKey of type ADMIN, in the header {@code X-API-Key} of every request
 */
public record GoogleVerifyCredentials(String apiKey) {
    /** A fake key, always the same. */
    public static GoogleVerifyCredentials fake() {
        return new GoogleVerifyCredentials("verification-server.1.simulator-key");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "GoogleVerifyCredentials[]";
    }
}
