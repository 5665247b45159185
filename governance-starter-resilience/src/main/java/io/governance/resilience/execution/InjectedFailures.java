// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;

/**
 * The errors of attempts that end without a response on purpose: of the classes that real
 * ones have, so that nobody around them sees a difference.
 */
final class InjectedFailures {

	private InjectedFailures() {
	}

	/**
	 * The delay took all of the attempt's time.
	 */
	static IOException late(Fault fault) {
		return new SocketTimeoutException("Read timed out (" + fault.rule() + ")");
	}

	/**
	 * No connection, or one that broke.
	 */
	static IOException of(Fault fault, Abort abort) {
		return (abort.kind() == Outcome.Kind.CONNECT_FAILURE)
				? new ConnectException("Connection refused (" + fault.rule() + ")")
				: new SocketException("Connection reset (" + fault.rule() + ")");
	}

}
