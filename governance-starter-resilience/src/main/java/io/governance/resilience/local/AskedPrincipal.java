// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import org.jspecify.annotations.Nullable;

/**
 * The principal of one call: who it was when the call was made, whatever its work does.
 */
final class AskedPrincipal implements PrincipalSource {

	private final PrincipalSource source;

	private boolean asked;

	private @Nullable Object principal;

	AskedPrincipal(PrincipalSource source) {
		this.source = source;
	}

	@Override
	public @Nullable Object current() {
		if (!this.asked) {
			this.principal = this.source.current();
			this.asked = true;
		}
		return this.principal;
	}

}
