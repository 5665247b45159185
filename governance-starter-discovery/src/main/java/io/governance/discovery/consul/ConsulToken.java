// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.nio.file.Path;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The ACL token of this process, which may change while it runs. Asked before each
 * request; never printed. Thread-safe.
 */
@FunctionalInterface
public interface ConsulToken {

	/** No token. */
	ConsulToken NONE = () -> null;

	/**
	 * The token at this moment.
	 * @return the token; {@code null} to send none
	 * @throws IllegalStateException when there should be one and it is not known, with a
	 * text for people that does not show it
	 */
	@Nullable String current();

	/**
	 * A token that never changes.
	 * @param token the token; {@code null} for none
	 * @return the token
	 */
	static ConsulToken of(@Nullable String token) {
		return (token != null) ? () -> token : NONE;
	}

	/**
	 * A token in a file, read again when it changes.
	 * @param file a file with the token in one line
	 * @param time the clock
	 * @return the token
	 */
	static ConsulToken inFile(Path file, TimeSource time) {
		return new TokenFile(file, time);
	}

	/**
	 * Whether a text can be sent as a token.
	 * @param text the text
	 * @return whether it is of visible ASCII characters only
	 */
	static boolean isUsable(String text) {
		return !text.isEmpty() && text.chars().allMatch((character) -> character > ' ' && character < 0x7f);
	}

}
