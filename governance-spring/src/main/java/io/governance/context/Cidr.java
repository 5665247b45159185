// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.net.InetAddress;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses, IPv4 or IPv6. Immutable.
 */
public final class Cidr {

	private static final String EXPECTED = " (expected: an address block such as 10.0.0.0/8 or fd00::/8, or one address)";

	private final byte[] network;

	private final int bits;

	private Cidr(byte[] network, int bits) {
		this.network = network;
		this.bits = bits;
	}

	/**
	 * Parses the written form. Names are not resolved.
	 * @param text an address, a slash and the number of leading bits that count; without
	 * a slash the one address
	 * @return the block
	 * @throws IllegalArgumentException if the text is none
	 */
	public static Cidr valueOf(String text) {
		String trimmed = text.trim();
		int slash = trimmed.indexOf('/');
		byte[] address = IpLiteral.parse((slash < 0) ? trimmed : trimmed.substring(0, slash));
		if (address == null) {
			throw new IllegalArgumentException("address block: " + text + EXPECTED);
		}
		int width = address.length * Byte.SIZE;
		int bits = (slash < 0) ? width : bits(trimmed.substring(slash + 1));
		if (bits < 0 || bits > width) {
			throw new IllegalArgumentException("address block: " + text + EXPECTED);
		}
		return new Cidr(masked(address, bits), bits);
	}

	private static int bits(String text) {
		return (text.length() <= 3 && !text.isEmpty() && text.chars().allMatch((c) -> c >= '0' && c <= '9'))
				? Integer.parseInt(text) : -1;
	}

	private static byte[] masked(byte[] address, int bits) {
		for (int i = 0; i < address.length; i++) {
			int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
			address[i] = (byte) (address[i] & (0xff << (Byte.SIZE - kept)));
		}
		return address;
	}

	/**
	 * Whether an address is in this block. An IPv4 address is never in an IPv6 block.
	 * @param address the address
	 * @return whether it is
	 */
	public boolean contains(InetAddress address) {
		return contains(address.getAddress());
	}

	boolean contains(byte[] address) {
		int whole = this.bits / Byte.SIZE;
		if (address.length != this.network.length || Arrays.mismatch(address, 0, whole, this.network, 0, whole) >= 0) {
			return false;
		}
		int rest = this.bits % Byte.SIZE;
		return rest == 0 || ((address[whole] ^ this.network[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Cidr cidr && this.bits == cidr.bits && Arrays.equals(this.network, cidr.network);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.network) + this.bits;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		boolean v4 = this.network.length == 4;
		for (int i = 0; i < this.network.length; i += v4 ? 1 : 2) {
			text.append(text.isEmpty() ? "" : v4 ? "." : ":");
			text.append(v4 ? String.valueOf(this.network[i] & 0xff)
					: Integer.toHexString((this.network[i] & 0xff) << Byte.SIZE | this.network[i + 1] & 0xff));
		}
		return text.append('/').append(this.bits).toString();
	}

}
