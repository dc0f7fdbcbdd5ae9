import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useLanguage } from '../language/language.tsx';

interface Question {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly go: string;
  readonly danger?: boolean;
  readonly onGo: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ open, title, text, go, danger = false, onGo, onClose }: Question) {
  const { t } = useLanguage();
  return (
    <Modal opened={open} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': t.close }}>
      <Stack>
        <Text size="sm">{text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button
            {...(danger ? { color: 'red.9' } : {})}
            onClick={() => {
              onClose();
              onGo();
            }}
          >
            {go}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
