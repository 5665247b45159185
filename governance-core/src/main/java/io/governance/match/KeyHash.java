// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

/**
 * A stable hash of a key: the same in every process, version and platform. XXH64 as its
 * specification gives it, over the UTF-16 code units of the text, low byte first, so that
 * nothing is copied or allocated. Not for secrets: whoever knows the keys can make
 * collisions. Source: xxHash specification 0.2.0, section XXH64.
 */
public final class KeyHash {

	private static final long PRIME_1 = 0x9E3779B185EBCA87L;

	private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

	private static final long PRIME_3 = 0x165667B19E3779F9L;

	private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;

	private static final long PRIME_5 = 0x27D4EB2F165667C5L;

	/** Code units in a stripe of 32 bytes. */
	private static final int STRIPE = 16;

	private KeyHash() {
	}

	/**
	 * Hashes a key.
	 * @param key the key
	 * @return its hash; all 64 bits are good
	 */
	public static long of(String key) {
		return of(key, 0);
	}

	/**
	 * Hashes a key apart from the same key elsewhere.
	 * @param key the key
	 * @param seed tells the places apart
	 * @return its hash; all 64 bits are good
	 */
	public static long of(String key, long seed) {
		int length = key.length();
		int position = length - length % STRIPE;
		long hash = (length >= STRIPE) ? stripes(key, position, seed) : seed + PRIME_5;
		hash += 2L * length;
		for (; position + 4 <= length; position += 4) {
			hash = Long.rotateLeft(hash ^ round(0, eight(key, position)), 27) * PRIME_1 + PRIME_4;
		}
		if (position + 2 <= length) {
			hash = Long.rotateLeft(hash ^ four(key, position) * PRIME_1, 23) * PRIME_2 + PRIME_3;
			position += 2;
		}
		if (position < length) {
			hash = single(single(hash, key.charAt(position) & 0xFF), key.charAt(position) >>> 8);
		}
		return avalanche(hash);
	}

	/**
	 * A hash as a share of the whole range.
	 * @param hash the hash
	 * @return its upper 53 bits, from 0 to 1, 1 excluded
	 */
	public static double share(long hash) {
		return (hash >>> 11) * 0x1.0p-53;
	}

	private static long stripes(String key, int end, long seed) {
		long first = seed + PRIME_1 + PRIME_2;
		long second = seed + PRIME_2;
		long third = seed;
		long fourth = seed - PRIME_1;
		for (int i = 0; i < end; i += STRIPE) {
			first = round(first, eight(key, i));
			second = round(second, eight(key, i + 4));
			third = round(third, eight(key, i + 8));
			fourth = round(fourth, eight(key, i + 12));
		}
		long hash = Long.rotateLeft(first, 1) + Long.rotateLeft(second, 7) + Long.rotateLeft(third, 12)
				+ Long.rotateLeft(fourth, 18);
		return merge(merge(merge(merge(hash, first), second), third), fourth);
	}

	private static long round(long lane, long input) {
		return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
	}

	private static long merge(long hash, long lane) {
		return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
	}

	private static long single(long hash, int octet) {
		return Long.rotateLeft(hash ^ octet * PRIME_5, 11) * PRIME_1;
	}

	private static long avalanche(long hash) {
		long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
		mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
		return mixed ^ (mixed >>> 32);
	}

	private static long eight(String key, int index) {
		return four(key, index) | (four(key, index + 2) << 32);
	}

	private static long four(String key, int index) {
		return key.charAt(index) | ((long) key.charAt(index + 1) << 16);
	}

}
