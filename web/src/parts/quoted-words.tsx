import { Code } from '@mantine/core';
import { Fragment } from 'react';

/** A sentence in which what a computer reads stands between backticks. */
export const QuotedWords = ({ text }: { readonly text: string }) =>
  text.split('`').map((piece, index) =>
    index % 2 === 1 ? (
      <Code key={index} style={{ overflowWrap: 'anywhere' }}>
        {piece}
      </Code>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  );
