package io.github.smsdispatch.examples.options;

/** A value that an option cannot have. */
public final class UnusableValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Both go to the user.
     *
     * @param problem what is wrong, as it is said of the option: "is no URL"
     * @param remedy what to do: "write it as http://127.0.0.1/"
     */
    public UnusableValueException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
