// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.List;
import java.util.Map;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;

/**
 * How a client is answered by somebody else than the callee, and how its responses are
 * copied. Made per call.
 *
 * @param <R> the response, with its body still to be read
 */
public interface Answers<R> {

	/**
	 * Makes a response.
	 * @param answer what it says
	 * @return the response
	 */
	R response(Answer answer);

	/**
	 * The headers of a response.
	 * @param response the response
	 * @return its headers
	 */
	Map<String, List<String>> headers(R response);

	/**
	 * What is kept of a response, as its keeper is to see it.
	 * @param response the response
	 * @param status its status
	 * @return its head
	 */
	default AnswerHead head(R response, int status) {
		return new AnswerHead(status, headers(response));
	}

	/**
	 * Whether a response can be made of an answer: by default of all but values, which
	 * methods give.
	 * @param answer the answer
	 * @return whether it can
	 */
	default boolean fits(Answer answer) {
		return answer.value() == null;
	}

	/**
	 * Has the body of a response copied, as it is read; it streams as before.
	 * @param response the response
	 * @param copy takes the body
	 * @return a response to be used in place of it
	 */
	R copied(R response, AnswerCopy copy);

	/**
	 * Whether the request was sent as the rules saw it, but for headers that say nothing
	 * of who calls: otherwise nobody can tell whose response it is.
	 * @param response the response
	 * @return whether it was; so by default
	 */
	default boolean isAsAsked(R response) {
		return true;
	}

}
