// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bounds what is kept of a key, which a client chooses: a long one is kept as its
 * beginning, for people, and a hash that nobody can make two keys for.
 */
final class BoundedKey {

	/** In characters. */
	static final int MAX_LENGTH = 256;

	private static final int KEPT = 64;

	private BoundedKey() {
	}

	static String of(String key) {
		return (key.length() <= MAX_LENGTH) ? key : key.substring(0, KEPT) + '#' + hash(key);
	}

	private static String hash(String key) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_16BE)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
