// SPDX-License-Identifier: Apache-2.0

package io.governance.keyed;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bounds what is kept of a key, which a client chooses: a long one is kept as its
 * beginning, for people, and a hash that nobody can make two keys for.
 */
public final class BoundedKey {

	/** In characters. */
	static final int MAX_LENGTH = 256;

	private static final int KEPT = 64;

	private BoundedKey() {
	}

	/**
	 * Bounds a key.
	 * @param key the key
	 * @return the same, or what stands for it, in at most {@value #MAX_LENGTH} characters
	 */
	public static String of(String key) {
		return (key.length() <= MAX_LENGTH) ? key : key.substring(0, KEPT) + '#' + hash(key);
	}

	private static String hash(String key) {
		try {
			// char by char: an encoding would replace what is no text, and make one key
			// of two
			ByteBuffer chars = ByteBuffer.allocate(key.length() * Character.BYTES);
			chars.asCharBuffer().put(key);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(chars.array()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
